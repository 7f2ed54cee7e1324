-- The way on which somebody sends it now, over the quiet hours and over how often somebody may be told something.
alter table message.message add column hastened_way text check (hastened_way in ('SMS', 'WECHAT', 'EMAIL', 'PHONE'));
