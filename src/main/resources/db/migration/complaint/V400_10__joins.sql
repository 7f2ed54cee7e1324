-- A duplicate goes on in another complaint: a link and two events; no row moves.
alter table complaint.complaint
    add column joined_to text references complaint.complaint (number),
    add column joined_at timestamptz,
    add column joined jsonb not null default '{}',
    add column links jsonb not null default '{}',
    add column repeat_of text;
alter table complaint.complaint alter column joined drop default, alter column links drop default;

comment on column complaint.complaint.joined_to is 'the complaint in which it goes on; it is not handled by itself then';
comment on column complaint.complaint.joined is 'numbers of those that go on in it, and by how many customers each made it larger';
comment on column complaint.complaint.repeat_of is 'the newest of the earlier complaints that it repeats';

create index complaint_joined_to on complaint.complaint (joined_to) where joined_to is not null;

-- What one can recognise a matter by, as a blind index: serial numbers, cars, orders, the customer's e-mail address.
create table complaint.thing (
    complaint_id uuid not null references complaint.complaint,
    blind bytea not null,
    kind text not null,
    primary key (complaint_id, blind)
);
create index thing_blind on complaint.thing (blind, complaint_id desc);

-- What other modules may read of it.
create view complaint.api_tie as
select id, number, joined_to, repeat_of from complaint.complaint where joined_to is not null or repeat_of is not null;
