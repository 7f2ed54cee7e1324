create schema if not exists platform;

-- The bytes of one upload. Chunks are committed one by one while an upload runs, so no transaction is long;
-- what is abandoned is deleted in small steps.
create table platform.file_content (
    id         uuid primary key,
    stage      text not null check (stage in ('uploading', 'finished', 'abandoned')),
    started_at timestamptz not null
);
create index file_content_open on platform.file_content (stage, started_at) where stage <> 'finished';

create table platform.file_chunk (
    content_id uuid not null references platform.file_content,
    number     integer not null check (number >= 0),
    data       bytea not null check (octet_length(data) between 1 and 262144),
    primary key (content_id, number)
);
-- Photos and documents are compressed already: trying again only costs time.
alter table platform.file_chunk alter column data set storage external;

create table platform.file (
    sha256       bytea primary key check (octet_length(sha256) = 32),
    content_id   uuid not null unique references platform.file_content,
    size         bigint not null check (size > 0),
    media_type   text not null,
    has_macros   boolean not null,
    is_encrypted boolean not null,
    created_at   timestamptz not null,
    unused_since timestamptz
);
create index file_unused on platform.file (unused_since) where unused_since is not null;

create table platform.file_use (
    user_id   uuid not null,
    user_kind text not null,
    sha256    bytea not null references platform.file,
    name      text not null,
    used_at   timestamptz not null,
    primary key (user_id, user_kind, sha256)
);
create index file_use_of on platform.file_use (sha256);
