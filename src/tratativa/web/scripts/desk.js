/* The scripts of the team's and the sellers' pages: each module improves what already works without it. */
import "./shared/htmx.js";
import "./shared/menus.js";
import "./shared/transitions.js";
import "./shared/theme.js";
import "./shared/unsaved.js";
import "./shared/session.js";
import "./shared/kept.js";
import "./desk/dialog.js";
import "./shared/escape.js";
import "./desk/mentions.js"; // before keys of the page hear Escape
import "./desk/keys.js";
import "./desk/select.js";
import "./shared/reopened.js";
import "./desk/composer.js";
import "./desk/editor.js";
import "./desk/replies.js";
import "./shared/upload.js";
import "./shared/only.js";
import "./desk/palette.js";
import "./desk/operators.js";
import "./desk/queue.js";
import "./desk/onward.js";
import "./desk/sending.js";
import "./desk/ruling.js";
import "./desk/drop.js";
import "./desk/gallery.js";
import "./desk/previews.js";
import "./desk/strip.js";
import "./shared/once.js";
import "./shared/chat.js";
import "./shared/presence.js";
import "./desk/run.js"; // before what arrives is looked at: it may say that there is nothing new
import "./desk/listed.js"; // before the first change is heard of
import "./shared/push.js";
import "./shared/bell.js"; // before the first notice is heard of
import "./shared/live.js";
import "./desk/retailer.js";
import "./desk/rooms.js";
import "./desk/code.js";
