'use strict';
// In the frame: tells the page around it how high the form is. Without it the frame scrolls.
(function () {
  if (window.parent === window) return;
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (Math.abs(height - told) > 2) {
      told = height;
      window.parent.postMessage({ bihuan: 'height', height }, '*');
    }
  };
  new ResizeObserver(tell).observe(document.body);
  tell();
})();
