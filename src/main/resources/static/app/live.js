'use strict';
// Live changes: one stream a browser. The tab that holds the lock listens and tells the others.
(function () {
  const ADDRESS = '/desk/changes';
  const rows = document.querySelector('[data-live]');
  const changed = document.querySelector('[data-complaint]');

  // ---- a list reads its rows again, at most once a second, and not while nobody looks
  let last = 0;
  let timer = 0;
  let missed = false;
  function refresh() {
    if (!rows || timer) return;
    if (document.hidden) {
      missed = true;
      return;
    }
    timer = setTimeout(() => {
      timer = 0;
      last = Date.now();
      document.body.dispatchEvent(new CustomEvent('changes'));
    }, Math.max(0, last + 1000 - Date.now()));
  }
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && missed) {
      missed = false;
      refresh();
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

  function deliver(news) {
    if (rows) refresh();
    if (changed && news.changes.some((change) => change.id === changed.dataset.complaint && change.version > Number(changed.dataset.version))) {
      changed.hidden = false;
    }
  }

  // ---- the stream
  function listen(tell) {
    let source;
    let wait = 1000;
    (function open() {
      source = new EventSource(ADDRESS);
      const everything = () => tell({ changes: [] });
      source.addEventListener('ready', () => {
        wait = 1000;
        everything();
      });
      source.addEventListener('everything', everything);
      source.addEventListener('changes', (event) => tell({ changes: JSON.parse(event.data) }));
      source.onerror = () => {
        if (source.readyState !== EventSource.CLOSED) return;
        setTimeout(open, wait);
        wait = Math.min(wait * 2, 60000);
      };
    })();
  }

  if (!window.EventSource) return;
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
    setTimeout(() => leads || refresh(), 500);
  } else {
    listen(deliver);
  }

  // The address of a page that says what was done is that of the page.
  const address = new URL(location.href);
  if (changed && address.searchParams.has('done')) {
    address.searchParams.delete('done');
    history.replaceState(history.state, '', address);
  }
})();
