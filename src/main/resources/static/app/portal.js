'use strict';
(function () {
  // How much of a long text is used; needs no words.
  for (const area of document.querySelectorAll('textarea[maxlength]')) {
    const most = Number(area.maxLength);
    const counter = document.createElement('div');
    counter.className = 'counter';
    counter.setAttribute('aria-hidden', 'true');
    area.after(counter);
    const count = () => {
      const length = Array.from(area.value).length;
      counter.textContent = length + ' / ' + most;
      counter.classList.toggle('counter-full', length >= most);
      counter.hidden = length === 0;
    };
    area.addEventListener('input', count);
    count();
  }

  // Photos of a phone are often larger than what may be sent: say so before the upload, in the words of the hint.
  for (const field of document.querySelectorAll('input[type=file][data-bytes]')) {
    field.addEventListener('change', () => {
      const files = Array.from(field.files);
      const kept = field.form.querySelectorAll('input[name=kept]:checked').length;
      const fits = files.length + kept <= Number(field.dataset.most)
        && files.every((file) => file.size <= Number(field.dataset.bytes));
      const hint = document.getElementById(field.id + '-hint');
      field.setCustomValidity(fits ? '' : hint.textContent);
      hint.classList.toggle('field-error', !fits);
      if (!fits) field.reportValidity();
    });
  }
})();
