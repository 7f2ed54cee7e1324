-- Who stands above whom, who holds a position, when somebody works. Who is left without a lead or a post has the next level above.
alter table identity.staff
    add column lead uuid references identity.staff,
    add column posts text[] not null default '{}',
    add column duty_calendar text,
    add constraint staff_lead_is_another check (lead <> id),
    add constraint staff_posts_are_known check (posts <@ array['DEPARTMENT_HEAD', 'CARE_GROUP', 'DECISION_LEVEL']),
    add constraint staff_head_has_a_department check (department is not null or not posts @> array['DEPARTMENT_HEAD']);

comment on column identity.staff.duty_calendar is 'in whose working time somebody is on duty; null: always';

create index staff_posts on identity.staff using gin (posts) where active and posts <> '{}';

-- Who is on duty beside the usual hours: at night, on a holiday.
create table identity.duty (
    id uuid primary key,
    staff uuid not null references identity.staff,
    from_at timestamptz not null,
    to_at timestamptz not null,
    constraint duty_lasts check (to_at > from_at)
);
create index duty_until on identity.duty (to_at, id);
