-- Whoever wanted something said asks by the occasion what became of it.
create index outgoing_occasion on wechat.outgoing (occasion);
