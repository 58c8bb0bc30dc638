/* The scripts of the pages one enters by, and of one's account: each module improves what already works without it. */
import "./shared/transitions.js";
import "./shared/theme.js";
import "./shared/unsaved.js";
import "./shared/session.js";
import "./shared/kept.js";
import "./shared/escape.js";
import "./shared/once.js";
import "./shared/only.js";
import "./shared/passkeys.js";
