package io.bihuan.identity.web;

import io.bihuan.identity.StaffMember;
import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;

/** Where an administrator writes down what somebody can and may do. */
public record ProfilePage(
        StaffMember member, ProfileForm form, List<Group> skills, List<Option> certificates, FieldErrors errors) {
    /** Languages in which customers write. */
    public static final List<String> LANGUAGES = List.of("zh", "en", "ja", "ko", "ru");

    /** Skills of one kind, under the name of their pack. */
    public record Group(String label, List<Option> options) {}
}
