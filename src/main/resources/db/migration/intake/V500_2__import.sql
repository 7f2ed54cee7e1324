create schema if not exists intake;

-- Tables on their way into the register. A run is a stored job: worked on by the node that holds the lease, in small transactions that
-- move the position together with what they add. The key of personal excerpts is wrapped by the master key.
create table intake.import_run (
    id uuid primary key,
    source text not null,
    file_name text not null,
    sha256 text not null,
    business_line text not null,
    mode text not null check (mode in ('ARCHIVE', 'LIVE')),
    charset text not null,
    delimiter text not null,
    columns jsonb not null,
    state text not null check (state in ('PREVIEW', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
    total integer,
    position integer not null default 0,
    added integer not null default 0,
    known integer not null default 0,
    rejected integer not null default 0,
    flags jsonb not null default '{}',
    error text,
    data_key bytea not null,
    started_by uuid not null,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    worker text,
    lease_until timestamptz,
    attempts integer not null default 0,
    check (position = added + known + rejected),
    check ((state = 'PREVIEW') = (started_at is null) or state = 'CANCELLED'),
    check ((finished_at is null) = (state in ('PREVIEW', 'RUNNING')))
);

comment on column intake.import_run.attempts is 'how often the work on it failed since it last went on';

create unique index import_run_source on intake.import_run (source) where state = 'RUNNING';
create index import_run_running on intake.import_run (started_at, id) where state = 'RUNNING';
create index import_run_preview on intake.import_run (created_at) where state = 'PREVIEW';
create index import_run_created on intake.import_run (created_at desc, id desc);

create table intake.import_rejection (
    run_id uuid not null references intake.import_run,
    row_number integer not null,
    line bigint not null,
    reasons jsonb not null,
    excerpt bytea not null,
    primary key (run_id, row_number)
);

-- The one warning that an owner gets of all the cases of a run that were late already when they came.
create table intake.import_warning (
    run_id uuid not null references intake.import_run,
    owner uuid not null,
    due_soon integer not null default 0,
    overdue integer not null default 0,
    primary key (run_id, owner)
);
