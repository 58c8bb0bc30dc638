/* Ajustes on a telephone: the rooms stand in one line that scrolls; the open one is seen. */
const open = document.querySelector('.settings__rooms [aria-current="page"]');
const line = open?.closest("ul");

if (line) line.scrollLeft = open.offsetLeft - line.offsetLeft - (line.clientWidth - open.offsetWidth) / 2;
