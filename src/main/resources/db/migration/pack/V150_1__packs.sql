create schema if not exists pack;

-- One row. Whoever changes anything of packs or business lines raises it first, so that one does it at a time and every node sees that
-- something changed.
create table pack.revision (
    one boolean primary key default true check (one),
    number bigint not null
);
insert into pack.revision (number) values (0);

-- A version as it was stored, whole; a row never changes. Complaints point at theirs.
create table pack.version (
    pack text not null,
    version integer not null check (version > 0),
    edition text not null,
    hash text not null,
    origin text not null check (origin in ('SHIPPED', 'EDITED', 'IMPORTED')),
    name_zh text not null,
    name_en text not null,
    abstract boolean not null,
    base text,
    effective_from date,
    effective_to date,
    files jsonb not null,
    stored_at timestamptz not null,
    stored_by text not null,
    note text not null,
    primary key (pack, version),
    unique (pack, hash)
);

comment on column pack.version.files is 'text by file name; those of the base that it carries are below base/';
comment on column pack.version.base is 'the pack that it extends';

-- Of those whose time has come the newest holds; a row never changes.
create table pack.activation (
    pack text not null,
    seq integer not null check (seq > 0),
    version integer not null,
    from_at timestamptz not null,
    at timestamptz not null,
    by text not null,
    reason text not null,
    primary key (pack, seq),
    foreign key (pack, version) references pack.version
);

create table pack.business_line (
    code text primary key,
    name_zh text not null,
    name_en text not null,
    pack text not null,
    position integer not null unique,
    opened_at timestamptz not null,
    opened_by text not null,
    closed_at timestamptz,
    closed_by text,
    check ((closed_at is null) = (closed_by is null))
);
