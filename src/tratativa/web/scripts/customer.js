/* The scripts of the customers' pages: each module improves what already works without it. */
import "./shared/htmx.js";
import "./shared/menus.js";
import "./shared/transitions.js";
import "./shared/theme.js";
import "./shared/unsaved.js";
import "./shared/session.js";
import "./shared/kept.js";
import "./customer/groups.js";
import "./customer/install.js";
import "./shared/escape.js";
import "./shared/reopened.js";
import "./shared/upload.js";
import "./shared/only.js";
import "./shared/once.js";
import "./shared/chat.js";
import "./shared/presence.js";
import "./shared/live.js";
