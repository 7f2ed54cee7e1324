-- The clocks that are there are listed and counted by what their complaint is now.
update clock.api_clocks k set case_kind = c.kind, department = c.department from complaint.complaint c where c.id = k.subject_id;
