create schema if not exists platform;

-- How far each follower has read the history.
create table platform.follower (
    name text primary key,
    epoch int not null,
    txid xid8 not null,
    id uuid not null
);
