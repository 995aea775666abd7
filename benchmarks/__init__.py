"""Ratios against floors measured in the same run: `python -m benchmarks` prints them; see docs/why/performance.md."""
