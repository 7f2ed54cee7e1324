package io.bihuan.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bihuan.customer.Thing;
import io.bihuan.pack.Pack;
import io.bihuan.pack.Packs;
import io.bihuan.pack.ShippedPacks;
import io.bihuan.platform.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The answers of the shipped forms are things, and the things answer the forms. */
class CustomerThingsTests {
    private static final Packs PACKS = ShippedPacks.load(
            Map.of("appliance", "appliance", "automobile", "automobile", "ecommerce", "ecommerce", "banking", "banking"));

    private static Pack pack(String line) {
        return PACKS.of(line);
    }

    private static void isThereAndBack(String line, Map<String, String> answers, Thing thing) {
        assertThat(CustomerThings.of(pack(line), answers)).as(line).containsExactly(thing);
        assertThat(CustomerThings.answers(thing, pack(line))).as(line).containsAllEntriesOf(answers);
    }

    @Test
    void anApplianceIsItsSerialNumberOrItsModel() {
        isThereAndBack(
                "appliance",
                Map.of("serialNumber", "SN1", "model", "KFR-35GW", "purchasedOn", "2026-05-01", "installedOn", "2026-05-03"),
                new Thing.Appliance("SN1", "KFR-35GW", LocalDate.of(2026, 5, 1), LocalDate.of(2026, 5, 3)));
        isThereAndBack("appliance", Map.of("model", "KFR-35GW"), new Thing.Appliance(null, "KFR-35GW", null, null));
        assertThat(CustomerThings.of(pack("appliance"), Map.of("purchasedOn", "2026-05-01", "brand", "某牌")))
                .isEmpty();
    }

    @Test
    void aVehicleIsItsVinOrItsPlate() {
        isThereAndBack(
                "automobile",
                Map.of("vin", "LSVAA49J132047371", "plate", "京A12345", "model", "ID.4", "invoicedOn", "2025-03-02"),
                new Thing.Vehicle("LSVAA49J132047371", "京A12345", "ID.4", LocalDate.of(2025, 3, 2)));
        assertThat(CustomerThings.of(pack("automobile"), Map.of("vin", "不知道", "model", "ID.4")))
                .as("what is no VIN names no car")
                .isEmpty();
    }

    @Test
    void anOrderIsItsNumber() {
        isThereAndBack(
                "ecommerce",
                Map.of("orderNumber", "DD1", "boughtOn", "2026-11-11", "amount", "1299.50"),
                new Thing.Order("DD1", LocalDate.of(2026, 11, 11), Money.ofFen(129_950), null));
    }

    @Test
    void whatHasNoThingHasNone() {
        assertThat(CustomerThings.of(pack("banking"), Map.of("product", "credit-card", "amount", "100")))
                .isEmpty();
        assertThat(CustomerThings.of(pack("appliance"), Map.of("serialNumber", "SN1", "purchasedOn", "去年")))
                .isEqualTo(List.of(new Thing.Appliance("SN1", null, null, null)));
    }
}
