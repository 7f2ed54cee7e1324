create schema if not exists platform;

-- What the virus scanner says of a file. scan_at is when it is to be asked (again): whoever asks moves it on first, so that nobody else
-- asks at the same time and a node that is killed is followed by another. It is null once there is nothing more to ask.
alter table platform.file
    add column scan text not null default 'NOT_SCANNED' check (scan in ('NOT_SCANNED', 'CLEAN', 'INFECTED', 'FAILED')),
    add column scan_note text,
    add column scan_attempts integer not null default 0,
    add column scan_at timestamptz,
    add column scanned_at timestamptz;
update platform.file set scan_at = created_at;
create index file_scan_due on platform.file (scan_at) where scan_at is not null;

-- Small pictures of pictures; without data where none could be drawn, so that it is tried once. They go with their file.
create table platform.file_thumbnail (
    sha256 bytea primary key references platform.file on delete cascade,
    data bytea,
    made_at timestamptz not null
);
