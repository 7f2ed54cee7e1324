create schema if not exists solution;

-- What the history of a complaint adds up to, encrypted; erasing it takes the key away.
create table solution.solution (
    complaint_id uuid primary key,
    data_key bytea,
    state bytea
);

-- Every time that a proposal waited for approval.
create table solution.approval (
    complaint_id uuid not null,
    proposal integer not null,
    round integer not null,
    asked_at timestamptz not null,
    asked_by uuid not null,
    -- who may not decide it: authors, who asked, who approved already
    barred uuid[] not null,
    approvers integer not null,
    approved integer not null,
    fen bigint not null,
    decided_at timestamptz,
    primary key (complaint_id, proposal, round)
);

create index approval_open on solution.approval (asked_at, complaint_id) where decided_at is null;

-- Measures that are to be carried out; nothing of what anybody wrote.
create table solution.measure (
    complaint_id uuid not null,
    proposal integer not null,
    measure integer not null,
    kind text not null,
    department text not null,
    person uuid,
    due_at timestamptz not null,
    fen bigint,
    -- false while its proposal is no more than a draft, or came to nothing
    is_binding boolean not null,
    settled_at timestamptz,
    -- when its people were told that it is late; null again when it is moved
    told_at timestamptz,
    primary key (complaint_id, proposal, measure)
);

create index measure_open on solution.measure (due_at, complaint_id, proposal, measure) where is_binding and settled_at is null;
create index measure_person on solution.measure (person, due_at) where is_binding and settled_at is null;
create index measure_department on solution.measure (department, due_at) where is_binding and settled_at is null;
create index measure_untold on solution.measure (due_at) where is_binding and settled_at is null and told_at is null;
