-- That the customer was told the number of his complaint: the clock of that ends when the message has gone out.
alter table wechat.outgoing add column is_acknowledgement boolean not null default false;
alter table wechat.outgoing add column report_at timestamptz;
comment on column wechat.outgoing.report_at is 'when the complaint is told that its customer knows the number; null when there is nothing (more) to tell';
create index outgoing_report on wechat.outgoing (report_at, id) where report_at is not null;
