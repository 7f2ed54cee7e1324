'use strict';
// Live news: one stream a browser. The tab that holds the lock listens and tells the others.
(function () {
  const ADDRESS = '/desk/changes';
  const rows = document.querySelector('[data-live]');
  const changed = document.querySelector('[data-complaint]');

  // ---- a list reads its rows again, and not while nobody looks: at most once a second when one of them changed; when something else
  // did, which may or may not belong on it, after three seconds, else each of many open lists would ask every second all day
  const REST = 1000;
  const LONG_REST = 3000;
  let last = 0;
  let timer = 0;
  let due = 0;
  let missed = false;
  function refresh(rest) {
    if (!rows) return;
    if (document.hidden) {
      missed = true;
      return;
    }
    const at = Math.max(Date.now(), last + rest);
    if (timer && due <= at) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(() => {
      timer = 0;
      last = Date.now();
      document.body.dispatchEvent(new CustomEvent('changes'));
    }, at - Date.now());
  }
  const shows = (change) => rows !== null && rows.querySelector('[data-row][data-id="' + CSS.escape(change.id) + '"]') !== null;
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && missed) {
      missed = false;
      refresh(REST);
    }
  });

  // ---- what changed is shown, the chosen row stays
  const known = () => new Map(Array.from(rows.querySelectorAll('[data-row]'), (row) => [row.dataset.id, row.dataset.version]));
  let before = null;
  let chosen = null;
  let focused = false;
  if (rows) {
    document.body.addEventListener('htmx:beforeSwap', (event) => {
      if (event.detail.target !== rows) return;
      if (!event.detail.xhr || event.detail.xhr.status !== 200) {
        event.detail.shouldSwap = false;
        return;
      }
      const at = rows.querySelector('[data-row].at');
      before = known();
      chosen = at && at.dataset.id;
      focused = at !== null && at.contains(document.activeElement);
    });
    document.body.addEventListener('htmx:afterSwap', (event) => {
      if (event.detail.target !== rows || !before) return;
      for (const row of rows.querySelectorAll('[data-row]')) {
        if (before.get(row.dataset.id) !== row.dataset.version) row.classList.add('fresh');
        if (row.dataset.id === chosen) {
          row.classList.add('at');
          const link = row.querySelector('a[href]');
          if (focused && link) link.focus({ preventScroll: true });
        }
      }
      before = null;
    });
  }

  // ---- parts of the page that follow what happens: read when the stream is open, or soon without it, and after news of their topic
  const parts = Array.from(document.querySelectorAll('[data-live-part]'));
  const PUT_AWAY = 'put-away';
  const putAway = () => (sessionStorage.getItem(PUT_AWAY) || '').split(' ');
  function hidePutAway(part) {
    for (const card of part.querySelectorAll('[data-card]')) {
      card.hidden = putAway().includes(card.dataset.card) || card.dataset.page === location.pathname;
    }
  }
  function read(part) {
    if (part.reading) {
      part.again = true;
      return;
    }
    part.reading = true;
    fetch(part.dataset.href, { headers: { 'HX-Request': 'true' }, credentials: 'same-origin' })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : null))
      .then((text) => {
        // What is the same stays: whoever reads or tabs through it is not thrown out.
        if (text === null || text === part.shown) return;
        const within = part.contains(document.activeElement) ? document.activeElement.id : '';
        part.shown = text;
        part.innerHTML = text;
        hidePutAway(part);
        part.dispatchEvent(new CustomEvent('htmx:load', { bubbles: true }));
        const back = within && document.getElementById(within);
        if (back) back.focus({ preventScroll: true });
      })
      .catch(() => {})
      .finally(() => {
        part.reading = false;
        if (part.again) {
          part.again = false;
          read(part);
        }
      });
  }
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-put-away]');
    if (!button) return;
    sessionStorage.setItem(PUT_AWAY, putAway().slice(-20).concat(button.dataset.putAway).join(' '));
    parts.forEach(hidePutAway);
  });

  function deliver(news) {
    if (news.topic === 'everything') {
      refresh(REST);
      parts.forEach(read);
    } else if (news.topic === 'changes') {
      refresh(news.changes.some(shows) ? REST : LONG_REST);
      if (changed && news.changes.some((change) => change.id === changed.dataset.complaint && change.version > Number(changed.dataset.version))) {
        changed.hidden = false;
      }
    }
    for (const part of parts) {
      if (part.dataset.livePart === news.topic) read(part);
    }
  }

  // ---- the stream
  function listen(tell) {
    let source;
    let wait = 1000;
    (function open() {
      source = new EventSource(ADDRESS);
      const everything = () => tell({ topic: 'everything', changes: [] });
      source.addEventListener('ready', () => {
        wait = 1000;
        everything();
      });
      source.addEventListener('everything', everything);
      for (const topic of new Set(['changes'].concat(parts.map((part) => part.dataset.livePart)))) {
        source.addEventListener(topic, (event) => tell({ topic: topic, changes: JSON.parse(event.data) }));
      }
      source.onerror = () => {
        if (source.readyState !== EventSource.CLOSED) return;
        setTimeout(open, wait);
        wait = Math.min(wait * 2, 60000);
      };
    })();
  }

  if (!window.EventSource) {
    parts.forEach(read);
    return;
  }
  // Locks need a secure origin; without them every tab has its own stream.
  if (navigator.locks && window.BroadcastChannel) {
    const channel = new BroadcastChannel('bihuan-changes');
    channel.onmessage = (event) => deliver(event.data);
    let leads = false;
    navigator.locks.request('bihuan-changes', () => {
      leads = true;
      listen((news) => {
        channel.postMessage(news);
        deliver(news);
      });
      return new Promise(() => {}); // held as long as this page lives
    });
    setTimeout(() => leads || refresh(REST), 500);
  } else {
    listen(deliver);
  }
  // The tab that listens reads them when its stream opens; the others, and it too when that takes long, without waiting for it.
  setTimeout(() => parts.filter((part) => part.shown === undefined && !part.reading).forEach(read), 500);

  // The address of a page that says what was done is that of the page.
  const address = new URL(location.href);
  if (changed && address.searchParams.has('done')) {
    address.searchParams.delete('done');
    history.replaceState(history.state, '', address);
  }
})();
