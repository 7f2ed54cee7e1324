// Runs before the first paint: without a chosen theme the device decides.
(function () {
  var root = document.documentElement;
  if (root.dataset.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches) {
    root.dataset.bsTheme = 'dark';
  }
})();
