package io.bihuan.identifier;

import io.bihuan.identifier.Checked.Flaw;
import java.util.regex.Pattern;

/**
 * A licence plate (机动车号牌, GA 36-2018): province, letter of the authority and five characters without I and O, of which the last may
 * say what the car is for (挂学警港澳领使); six for new energy, where small cars have a letter first and large ones D or F last. Embassies
 * have six digits with 使 before or behind. Plates of the army and the armed police follow rules of their own: a warning.
 */
public final class Plate {
    private static final String PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]";
    private static final String ANY = "[A-HJ-NP-Z0-9]";
    private static final Pattern ORDINARY = Pattern.compile(PROVINCE + "[A-Z]" + ANY + "{4}[A-HJ-NP-Z0-9挂学警港澳领使]");
    private static final Pattern NEW_ENERGY =
            Pattern.compile(PROVINCE + "[A-Z]([A-HJK]" + ANY + "[0-9]{4}|[0-9]{5}[DF])");
    private static final Pattern EMBASSY = Pattern.compile("使[0-9]{6}|[0-9]{6}使");
    private static final Pattern FORCES =
            Pattern.compile("WJ" + PROVINCE + "?[0-9]{4}[0-9A-Z]|[A-Z]{2}[0-9]{5}|" + "[军空海北沈兰济南广成][A-Z][0-9]{5}");

    private Plate() {}

    /** How it is stored, and whether it can be one. */
    public static Checked check(String typed) {
        var value = Written.ungrouped(typed);
        if (ORDINARY.matcher(value).matches()
                || NEW_ENERGY.matcher(value).matches()
                || EMBASSY.matcher(value).matches()) {
            return Checked.valid(value);
        }
        return FORCES.matcher(value).matches()
                ? Checked.warning(value, Flaw.OTHER_SYSTEM)
                : Checked.wrong(value, Flaw.SHAPE);
    }

    /** Whether it is a plate for new energy. */
    public static boolean isNewEnergy(String typed) {
        return NEW_ENERGY.matcher(Written.ungrouped(typed)).matches();
    }
}
