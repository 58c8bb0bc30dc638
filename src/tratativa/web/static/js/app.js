/* The scripts of the pages: each module improves what already works without it. */
import "./menus.js";
import "./theme.js";
import "./dialog.js";
import "./keys.js";
import "./select.js";
import "./composer.js";
import "./editor.js";
import "./upload.js";
import "./only.js";
import "./palette.js";
import "./queue.js";
import "./strip.js";
import "./once.js";
import "./chat.js";
import "./presence.js";
import "./live.js";
import "./retailer.js";
