-- Every look at unmasked customer data: who, what, why, when.
create table complaint.reveal (
    complaint_id uuid not null references complaint.complaint,
    id uuid not null,
    staff uuid not null,
    fields text not null,
    reason text not null,
    at timestamptz not null,
    primary key (complaint_id, id)
);
