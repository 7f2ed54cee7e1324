'use strict';
// In the frame: tells the page around it how high the form is. Without it the frame scrolls.
(function () {
  const main = document.getElementById('main');
  if (window.parent === window || !main) return;
  let told = 0;
  const tell = () => {
    // Not that of the body, which is at least as high as the frame and so would never let it shrink.
    const height = Math.ceil(main.getBoundingClientRect().bottom + window.scrollY) + 8;
    if (Math.abs(height - told) > 2) {
      told = height;
      window.parent.postMessage({ bihuan: 'height', height }, '*');
    }
  };
  new ResizeObserver(tell).observe(main);
  tell();
})();
