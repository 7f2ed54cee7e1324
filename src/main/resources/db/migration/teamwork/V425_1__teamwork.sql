create schema if not exists teamwork;

-- Texts of this module are encrypted with one key a complaint; destroying it makes them unreadable.
create table teamwork.text_key (
    complaint_id uuid primary key,
    data_key bytea not null
);

create table teamwork.task (
    complaint_id uuid not null,
    id uuid not null,
    kind text not null check (kind in ('WORK', 'QUESTION')),
    state text not null check (state in ('OPEN', 'ACCEPTED', 'DONE', 'WITHDRAWN')),
    title bytea not null,
    what bytea,
    department text,
    assignee uuid,
    given_by uuid not null,
    sender uuid not null,
    given_at timestamptz not null,
    due_at timestamptz not null,
    ended_at timestamptz,
    ended_by uuid,
    result bytea,
    hand_overs int not null,
    returns int not null,
    asked_seq int,
    -- How often it was told that it is late, and when it is to be told next; null when it is not.
    told_level int not null,
    tell_at timestamptz,
    primary key (complaint_id, id),
    check (department is not null or assignee is not null),
    check ((state in ('DONE', 'WITHDRAWN')) = (ended_at is not null))
);
create index task_of_person on teamwork.task (assignee, due_at, id) where ended_at is null;
create index task_of_department on teamwork.task (department, due_at, id) where ended_at is null and assignee is null;
create index task_given on teamwork.task (given_by, due_at, id) where ended_at is null;
create index task_tell on teamwork.task (tell_at) where tell_at is not null;

create table teamwork.task_item (
    complaint_id uuid not null,
    task_id uuid not null,
    position int not null,
    text bytea not null,
    done_by uuid,
    done_at timestamptz,
    primary key (complaint_id, task_id, position),
    foreign key (complaint_id, task_id) references teamwork.task
);

-- How a task came to whoever has it.
create table teamwork.task_move (
    complaint_id uuid not null,
    task_id uuid not null,
    id uuid not null,
    kind text not null check (kind in ('HANDED_OVER', 'RETURNED', 'REOPENED', 'WITHDRAWN', 'MOVED')),
    at timestamptz not null,
    by_person uuid not null,
    to_department text,
    to_person uuid,
    reason bytea not null,
    primary key (complaint_id, task_id, id),
    foreign key (complaint_id, task_id) references teamwork.task
);

create table teamwork.team (
    complaint_id uuid primary key,
    why text[] not null,
    called_at timestamptz not null,
    called_by uuid not null,
    note bytea,
    started_at timestamptz,
    planned_at timestamptz,
    plan bytea,
    ended_at timestamptz
);

create table teamwork.member (
    complaint_id uuid not null references teamwork.team,
    person uuid not null,
    department text,
    leads boolean not null,
    joined_at timestamptz not null,
    left_at timestamptz,
    primary key (complaint_id, person)
);
create unique index member_lead on teamwork.member (complaint_id) where leads and left_at is null;

create table teamwork.step (
    complaint_id uuid not null references teamwork.team,
    id uuid not null,
    text bytea not null,
    owner uuid not null,
    due_at timestamptz not null,
    done_at timestamptz,
    done_by uuid,
    dropped_at timestamptz,
    told_level int not null,
    tell_at timestamptz,
    primary key (complaint_id, id)
);
create index step_tell on teamwork.step (tell_at) where tell_at is not null;

create table teamwork.decision (
    complaint_id uuid not null references teamwork.team,
    id uuid not null,
    text bytea not null,
    at timestamptz not null,
    by_person uuid not null,
    primary key (complaint_id, id)
);

create table teamwork.shared_thread (
    complaint_id uuid primary key,
    invited_at timestamptz not null,
    invited_by uuid not null,
    ended_at timestamptz
);

-- What customer and staff say to each other; nothing else is ever written here.
create table teamwork.shared_line (
    complaint_id uuid not null references teamwork.shared_thread,
    id uuid not null,
    at timestamptz not null,
    staff uuid,
    text bytea not null,
    files text[] not null,
    file_names bytea,
    primary key (complaint_id, id)
);
comment on column teamwork.shared_line.staff is 'null: the customer';
comment on column teamwork.shared_line.files is 'hash, media type and size of each';

-- Who wants to hear of a complaint that is not his.
create table teamwork.watch (
    complaint_id uuid not null,
    person uuid not null,
    since timestamptz not null,
    primary key (complaint_id, person)
);

-- How far somebody has read: the notes by the sequence of the history, the thread by the id of its lines.
create table teamwork.seen (
    complaint_id uuid not null,
    person uuid not null,
    note_seq int not null,
    line_id uuid,
    primary key (complaint_id, person)
);

-- Who was called by name in a note, and so sees the complaint.
create table teamwork.mention (
    complaint_id uuid not null,
    person uuid not null,
    seq int not null,
    primary key (complaint_id, person, seq)
);

-- What other modules may read.
create view teamwork.api_task as
select complaint_id, id, kind, state, department, assignee, given_at, due_at, ended_at, hand_overs, returns from teamwork.task;
