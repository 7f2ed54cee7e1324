create schema if not exists platform;

-- Files that come in pieces, over several requests. The bytes are kept as they were sent until all are there; then they go the way
-- of every file and only the hash stays, so that the sender can use the file until the upload expires.
create table platform.upload (
    id uuid primary key,
    owner text not null,
    name text not null,
    length bigint not null check (length > 0),
    received bigint not null default 0 check (received between 0 and length),
    started_at timestamptz not null,
    expires_at timestamptz not null,
    sha256 bytea check (octet_length(sha256) = 32),
    -- why the whole file was not taken
    refusal text,
    constraint upload_ends_once check (sha256 is null or refusal is null),
    constraint upload_ends_whole check ((sha256 is null and refusal is null) or received = length)
);
create index upload_expires on platform.upload (expires_at);
create index upload_of on platform.upload (owner, sha256);

create table platform.upload_chunk (
    upload uuid not null references platform.upload,
    number integer not null check (number >= 0),
    data bytea not null check (octet_length(data) between 1 and 262144),
    primary key (upload, number)
);
alter table platform.upload_chunk alter column data set storage external;
