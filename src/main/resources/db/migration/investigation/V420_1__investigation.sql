create schema if not exists investigation;

-- How far each investigation is: what rules and lists ask of it. What was said and found stands in the history of the complaint only, and
-- goes with its key; this row follows from it.
create table investigation.investigation (
    complaint_id uuid primary key,
    opened_at timestamptz,
    -- lines of the playbook that are answered, and evidence that is there or excused
    settled text[] not null,
    -- sides that have spoken, or will not
    heard text[] not null,
    open_steps integer not null check (open_steps >= 0),
    next_due_at timestamptz,
    -- the due time of which somebody was reminded last
    reminded_at timestamptz,
    -- who has a step to take
    people uuid[] not null,
    responsibility text check (responsibility in ('OURS', 'SHARED', 'SUPPLIER', 'CUSTOMER', 'NOBODY', 'UNCLEAR')),
    share integer check (share between 1 and 99),
    decided_at timestamptz,
    decided_by uuid,
    constraint responsibility_is_whole check ((responsibility is null) = (decided_at is null)),
    constraint share_is_of_shared check ((share is not null) = (responsibility is not distinct from 'SHARED'))
);
create index investigation_due on investigation.investigation (next_due_at) where next_due_at is distinct from reminded_at;

-- Who had a piece of evidence, and when. Only ever added to.
create table investigation.custody (
    complaint_id uuid not null,
    sha256 bytea not null check (octet_length(sha256) = 32),
    id uuid not null,
    deed text not null check (deed in ('ADDED', 'CLASSIFIED', 'VIEWED', 'DOWNLOADED', 'HANDED_OVER')),
    actor text not null,
    at timestamptz not null,
    primary key (complaint_id, sha256, id)
);
