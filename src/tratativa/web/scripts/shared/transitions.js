/* Pages fade into each other; who goes on before a page has come breaks the fade off, and that is no fault. */
const broken = (problem) => problem instanceof DOMException && ["AbortError", "InvalidStateError", "TimeoutError"].includes(problem.name);
const quiet = ({ viewTransition }) => {
  for (const promise of viewTransition ? [viewTransition.ready, viewTransition.updateCallbackDone, viewTransition.finished] : []) {
    promise?.catch((problem) => {
      if (!broken(problem)) throw problem;
    });
  }
};

window.addEventListener("pageswap", quiet);
window.addEventListener("pagereveal", quiet);
// A page may be shown before this has run: then the browser's own promises are nobody's.
window.addEventListener("unhandledrejection", (event) => {
  if (broken(event.reason) && /transition/i.test(event.reason.message)) event.preventDefault();
});
