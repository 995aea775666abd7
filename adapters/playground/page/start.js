import { Desk } from "./room/desk.js";

new Desk(document.body).open();
