-- The reasons, beside waiting for the customer, for which pausable clocks stand still.
alter table complaint.complaint add column standing text;
