/* Fragments of a page that renew themselves. Scripts and its own attributes look for it on the window. */
import htmx from "htmx.org/htmx.js";

window.htmx = htmx;
