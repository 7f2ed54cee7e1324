-- The desk lists all that has not been sent, also what still waits.
drop index wechat.outgoing_unsent;
create index outgoing_unsent on wechat.outgoing (created_at desc, id desc) where state <> 'SENT';

-- What was said long ago is forgotten, oldest first.
create index outgoing_old on wechat.outgoing (created_at) where state <> 'WAITING' and report_at is null;
