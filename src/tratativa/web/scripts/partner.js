/* The scripts of the partners' pages: each module improves what already works without it. */
import "./shared/htmx.js";
import "./shared/menus.js";
import "./shared/transitions.js";
import "./shared/theme.js";
import "./shared/unsaved.js";
import "./shared/session.js";
import "./shared/kept.js";
import "./shared/escape.js";
import "./shared/reopened.js";
import "./shared/upload.js";
import "./shared/only.js";
import "./shared/once.js";
import "./shared/push.js";
import "./shared/bell.js"; // before the first notice is heard of
import "./shared/live.js";
