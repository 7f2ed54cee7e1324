create schema if not exists calendar;

-- What an authority announced. A version never changes.
create table calendar.holidays (
    name text not null,
    version integer not null check (version > 0),
    facts jsonb not null,
    published_at timestamptz not null,
    published_by text not null,
    reason text not null,
    primary key (name, version)
);

-- A version is a definition with one version of its holidays; it never changes, so that a deadline can be counted again for ever.
create table calendar.calendar (
    name text not null,
    version integer not null check (version > 0),
    definition jsonb not null,
    holidays text,
    holidays_version integer,
    origin text not null check (origin in ('SHIPPED', 'OWN')),
    published_at timestamptz not null,
    published_by text not null,
    reason text not null,
    primary key (name, version),
    foreign key (holidays, holidays_version) references calendar.holidays,
    check ((holidays is null) = (holidays_version is null))
);

comment on column calendar.calendar.origin is 'SHIPPED: as the product or a pack has it; OWN: written by an administrator, stays when a newer one ships';
