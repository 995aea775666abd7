// Before anything is painted: light or dark as chosen here earlier; otherwise the system decides.
(() => {
  try {
    const chosen = JSON.parse(localStorage.getItem("kring.theme"));
    if (chosen) document.documentElement.dataset.theme = chosen;
  } catch {
    // storage is closed to us: the system decides
  }
})();
