create schema if not exists regulator;

-- A complaint that an authority sent, with what the authority said of it beside the complaint itself.
create table regulator.regulator_case (
    complaint_id uuid primary key,
    authority text not null,
    external_number text not null,
    sent_at timestamptz not null,
    -- the last moment for the answer as the authority wrote it; the clock of the law is the complaint's
    stated_due_at timestamptz,
    registered_at timestamptz not null,
    answered_at timestamptz
);

create index regulator_case_open on regulator.regulator_case (coalesce(stated_due_at, 'infinity'), complaint_id) where answered_at is null;
create index regulator_case_sent on regulator.regulator_case (sent_at desc, complaint_id desc);
