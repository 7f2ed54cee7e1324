create schema if not exists bulk;

-- A worklist kept under a name: of one person or of a department. What is searched for may be somebody's name, hence encrypted.
create table bulk.view (
    id uuid primary key,
    owner uuid,
    department text,
    data_key bytea not null,
    name bytea not null,
    query bytea not null,
    position integer not null,
    made_by uuid not null,
    made_at timestamptz not null,
    check ((owner is null) <> (department is null))
);

create index view_owner on bulk.view (owner, position) where owner is not null;
create index view_department on bulk.view (department, position) where department is not null;

-- Things that are done together: a note, a task, a message. Never deleted, so that runs can name theirs.
create table bulk.macro (
    id uuid primary key,
    name text not null,
    department text,
    parts jsonb not null,
    made_by uuid not null,
    changed_at timestamptz not null,
    retired_at timestamptz
);

-- One deed done to many complaints.
create table bulk.run (
    id uuid primary key,
    deed text not null,
    made_by uuid not null,
    language text not null,
    data_key bytea not null,
    wish bytea not null,
    state text not null check (state in ('DRAFT', 'RUNNING', 'HELD', 'DONE', 'FAILED')),
    made_at timestamptz not null,
    confirmed_at timestamptz,
    send_at timestamptz,
    ended_at timestamptz,
    undone_by uuid,
    worker text,
    lease_until timestamptz,
    attempts integer not null default 0,
    error text
);

create index run_running on bulk.run (made_at, id) where state = 'RUNNING';
create index run_held on bulk.run (send_at) where state = 'HELD';
create index run_made_by on bulk.run (made_by, made_at desc);
create index run_made_at on bulk.run (made_at desc);

create table bulk.item (
    run_id uuid not null references bulk.run on delete cascade,
    position integer not null,
    complaint_id uuid not null,
    number text not null,
    state text not null check (state in ('READY', 'UNABLE', 'DONE', 'REFUSED', 'UNDONE', 'KEPT')),
    parts jsonb not null,
    problem jsonb,
    primary key (run_id, position),
    unique (run_id, complaint_id)
);
