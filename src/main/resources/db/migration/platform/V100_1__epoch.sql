create schema if not exists platform;

create table platform.epoch (
    epoch             integer primary key check (epoch > 0),
    system_identifier bigint not null,
    since             timestamptz not null
);
