'use strict';
(function () {
  const root = document.documentElement;
  const texts = JSON.parse(root.dataset.texts || '{}');
  const fill = (text, value) => text.replace('{0}', value);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  // ---- theme
  document.addEventListener('click', (event) => {
    const toggle = event.target.closest('[data-toggle-theme]');
    if (!toggle) return;
    event.preventDefault();
    const theme = root.dataset.bsTheme === 'dark' ? 'light' : 'dark';
    root.dataset.bsTheme = theme;
    root.dataset.theme = theme;
    const secure = location.protocol === 'https:' ? ';secure' : '';
    document.cookie = 'theme=' + theme + ';path=/;max-age=31536000;samesite=lax' + secure;
  });

  // ---- relative times, in the words the server uses
  function length(ms) {
    const minutes = Math.floor(ms / 60000);
    if (minutes < 60) return fill(texts.m, minutes);
    if (minutes < 1440) return fill(texts.h, Math.floor(minutes / 60));
    return fill(texts.d, Math.floor(minutes / 1440));
  }
  function due(at, now) {
    const left = at - now;
    if (left < 0) return left > -60000 ? texts.now : fill(texts.over, length(-left));
    return left < 60000 ? texts.soon : fill(texts.in, length(left));
  }
  function ago(at, now) {
    return now - at < 60000 ? texts.agoNow : fill(texts.ago, length(now - at));
  }
  function refresh() {
    const now = Date.now();
    for (const time of all('time[data-due]')) time.textContent = due(Number(time.dataset.due), now);
    for (const time of all('time[data-ago]')) {
      const past = now - Number(time.dataset.ago);
      if (past < 7 * 86400000 && past > -60000) time.textContent = ago(Number(time.dataset.ago), now);
    }
  }
  setInterval(refresh, 15000);
  document.addEventListener('visibilitychange', () => document.hidden || refresh());

  // ---- tabs: on a narrow page the one we are on is brought into view
  for (const tab of all('.tabs .here')) {
    const tabs = tab.parentElement;
    const past = tab.getBoundingClientRect().right - tabs.getBoundingClientRect().right;
    if (past > 0) tabs.scrollLeft += past + tab.offsetWidth / 2;
  }

  // ---- keyboard: [data-rows] holds rows ([data-row], with a link), j/k move, enter opens, x ticks; [data-key="x"] is focused or clicked by x
  function move(rows, step) {
    const items = all('[data-row]', rows);
    if (!items.length) return;
    const now = items.findIndex((item) => item.classList.contains('at'));
    const next = now < 0 ? 0 : Math.min(Math.max(now + step, 0), items.length - 1);
    items.forEach((item, index) => item.classList.toggle('at', index === next));
    const link = items[next].querySelector('a[href]');
    if (link) link.focus({ preventScroll: true });
    items[next].scrollIntoView({ block: 'nearest' });
  }
  document.addEventListener('keydown', (event) => {
    const writes = event.target.closest('input:not([data-tick]), textarea, select, [contenteditable]');
    if (event.key === 'Escape') {
      if (writes) writes.blur();
      all('details[data-drop][open]').forEach((drop) => drop.removeAttribute('open'));
      return;
    }
    if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = document.querySelector('[data-rows]');
    if (rows && (event.key === 'j' || event.key === 'k')) {
      move(rows, event.key === 'j' ? 1 : -1);
      event.preventDefault();
      return;
    }
    const tick = event.key === 'x' && document.querySelector('[data-row].at [data-tick]');
    if (tick) {
      tick.checked = !tick.checked;
      return;
    }
    const target = all('[data-key]').find((element) => element.dataset.key === event.key);
    if (!target) return;
    event.preventDefault();
    if (target.matches('input, textarea, select')) {
      target.focus();
      if (target.select) target.select();
    } else {
      target.click();
    }
  });
  document.addEventListener('click', (event) => {
    all('details[data-drop][open]').forEach((drop) => drop.contains(event.target) || drop.removeAttribute('open'));
  });

  // ---- drafts: a form with data-draft="name" keeps what was typed on this device until it is sent
  function fields(form) {
    return all('input[name], textarea[name], select[name]', form).filter(
      (field) => !['hidden', 'password', 'file', 'submit'].includes(field.type) && !field.matches('[data-no-draft]'));
  }
  function read(form) {
    const draft = {};
    for (const field of fields(form)) {
      if (field.type === 'checkbox' || field.type === 'radio') {
        if (field.checked) (draft[field.name] = draft[field.name] || []).push(field.value);
      } else if (field.value) {
        draft[field.name] = [field.value];
      }
    }
    return draft;
  }
  // A form with data-draft-first shows what is known; what somebody has typed there goes before it.
  function write(form, draft) {
    const first = form.hasAttribute('data-draft-first');
    for (const field of fields(form)) {
      const values = draft[field.name];
      if (!values) continue;
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = values.includes(field.value);
      else if (first || !field.value) field.value = values[0];
    }
  }
  function keepDraft(form) {
    form.dataset.kept = 'yes';
    const key = 'draft:' + form.dataset.draft;
    try {
      const kept = JSON.parse(localStorage.getItem(key) || 'null');
      if (kept && Date.now() - kept.at < 7 * 86400000 && !form.querySelector('[aria-invalid]')) {
        write(form, kept.draft);
        form.dataset.restored = 'yes';
        say(texts.draft, 'info');
      }
    } catch (e) { localStorage.removeItem(key); }
    let timer;
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), draft: read(form) })); } catch (e) { /* no room */ }
      }, 400);
    });
    form.addEventListener('submit', () => clearTimeout(timer));
  }
  // The page that thanks for a sent form drops its draft.
  for (const sent of all('[data-draft-sent]')) localStorage.removeItem('draft:' + sent.dataset.draftSent);

  function say(text, tone) {
    const place = document.getElementById('notices');
    if (!place) return;
    const box = document.createElement('div');
    box.className = 'alert alert-' + tone;
    box.textContent = text;
    place.append(box);
  }

  // ---- forms: send once; leave the buttons usable after going back
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    if (!form.matches('[hx-post]')) form.dataset.sending = 'yes';
  });
  addEventListener('pageshow', () => all('form[data-sending]').forEach((form) => delete form.dataset.sending));

  // ---- htmx: our token, our words when the network is gone
  document.addEventListener('htmx:configRequest', (event) => {
    const token = document.querySelector('meta[name=csrf]');
    if (token) event.detail.headers['X-XSRF-TOKEN'] = token.content;
  });
  document.addEventListener('htmx:sendError', () => say(texts.offline, 'danger'));

  // ---- questions of a pack: [data-shown=no] does not apply; after [data-watched] the rest is asked anew, what was typed stays
  function apply(within) {
    // what is swapped in may itself be a question
    const questions = within.matches && within.matches('[data-shown=no]') ? [within] : all('[data-shown=no]', within);
    for (const question of questions) {
      question.hidden = true;
      for (const field of all('input, select, textarea', question)) field.disabled = true;
    }
  }
  function ask(form) {
    for (const questions of all('[data-questions]', form)) questions.dispatchEvent(new Event('ask'));
  }
  document.addEventListener('change', (event) => {
    const field = event.target.closest('[data-watched]');
    if (field && field.form) ask(field.form);
  });
  let kept = null;
  document.addEventListener('htmx:beforeSwap', (event) => {
    const questions = event.detail.target;
    if (!questions.matches('[data-questions]')) return;
    kept = all('input[name], select[name], textarea[name]', questions).map((field) => [field.name, field.type, field.value, field.checked]);
    kept.open = all('details[open]', questions).length > 0;
  });
  document.addEventListener('htmx:afterSwap', (event) => {
    const questions = event.detail.target;
    if (!kept || !questions.matches('[data-questions]')) return;
    for (const [name, type, value, checked] of kept) {
      for (const field of all('[name="' + CSS.escape(name) + '"]', questions)) {
        if (type !== 'radio') field.value = value;
        else if (field.value === value) field.checked = checked;
      }
    }
    if (kept.open) all('details', questions).forEach((more) => { more.open = true; });
    kept = null;
  });

  // ---- writing numbers: capitals and half width for [data-typing=capitals], groups of four for [data-typing=groups]
  document.addEventListener('change', (event) => {
    const field = event.target;
    if (!field.matches('[data-typing]')) return;
    const plain = field.value.normalize('NFKC').replace(/\s+/g, '').toUpperCase();
    field.value = field.dataset.typing === 'groups' ? plain.replace(/-/g, '').replace(/(\d{4})(?=\d)/g, '$1 ') : plain;
  }, true);

  // ---- names: in [data-mentions=id of a datalist], an at sign and the beginning of a name offers those that fit
  function offer(field) {
    const place = document.getElementById(field.id + '-mentions');
    const list = document.getElementById(field.dataset.mentions);
    if (!place || !list) return;
    place.replaceChildren();
    const begun = /[@＠]([^\s@＠]{0,20})$/.exec(field.value.slice(0, field.selectionStart));
    if (!begun) return;
    const fits = all('option', list).map((option) => option.value).filter((name) => name.startsWith(begun[1]) && name !== begun[1]);
    for (const name of fits.slice(0, 8)) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn btn-sm';
      button.textContent = '@' + name;
      button.addEventListener('click', () => {
        const end = field.selectionStart;
        const start = end - begun[1].length;
        field.setRangeText(name + ' ', start, end, 'end');
        place.replaceChildren();
        field.focus();
        field.dispatchEvent(new Event('input', { bubbles: true }));
      });
      place.append(button);
    }
  }
  document.addEventListener('input', (event) => {
    if (event.target.matches('textarea[data-mentions]')) offer(event.target);
  });

  // ---- suggestions: [data-take=id] writes its value into that field, by click or by Alt and its number
  function take(from) {
    const field = document.getElementById(from.dataset.take);
    if (!field) return;
    field.value = from.dataset.value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
  document.addEventListener('click', (event) => {
    const from = event.target.closest('button[data-take]');
    if (from) take(from);
  });
  document.addEventListener('change', (event) => {
    if (event.target.matches('input[data-take]')) take(event.target);
  });
  // Enter sends a line of a chat; while a Chinese word is being put together it chooses the word.
  document.addEventListener('keydown', (event) => {
    const field = event.target.closest?.('textarea[data-send]');
    if (field && event.key === 'Enter' && !event.shiftKey && !event.isComposing && field.value.trim() !== '') {
      event.preventDefault();
      field.form.requestSubmit();
    }
  });

  // The newest line of a chat stays in sight.
  const showNewest = () => document.querySelectorAll('.chat-lines').forEach((lines) => {
    lines.scrollTop = lines.scrollHeight;
  });
  showNewest();
  document.addEventListener('htmx:afterSwap', showNewest);

  document.addEventListener('keydown', (event) => {
    const digit = event.altKey && !event.ctrlKey && !event.metaKey && /^Digit([1-9])$/.exec(event.code);
    const from = digit && document.querySelector('[data-alt="' + digit[1] + '"]');
    if (!from) return;
    event.preventDefault();
    take(from);
  });

  // ---- small things that need a script and show themselves only with one
  document.addEventListener('change', (event) => {
    const field = event.target.closest('[data-autosubmit]');
    if (field) field.form.requestSubmit();
  });
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-back]')) history.back();
    if (event.target.closest('[data-print]')) print();
    const copy = event.target.closest('[data-copy]');
    if (copy && navigator.clipboard) {
      navigator.clipboard.writeText(copy.dataset.copy).then(() => { copy.textContent = texts.copied; });
    }
  });
  function ready(within) {
    for (const button of all('[data-back], [data-print], [data-copy]', within)) {
      button.hidden = button.matches('[data-back]') && history.length < 2;
    }
    for (const element of all('[data-only-without-script]', within)) element.hidden = true;
    apply(within);
  }
  ready(document);
  all('form[data-draft]').forEach(keepDraft);
  const summary = document.querySelector('[data-focus]');
  if (summary) summary.focus();
  document.addEventListener('htmx:load', (event) => {
    ready(event.target);
    all('form[data-draft]:not([data-kept])', event.target).forEach(keepDraft);
    refresh();
    for (const form of all('form[data-restored]')) {
      delete form.dataset.restored;
      ask(form);
    }
  });
})();
