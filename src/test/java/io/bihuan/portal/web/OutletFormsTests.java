package io.bihuan.portal.web;

import static io.bihuan.FormToken.csrf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.bihuan.BihuanTest;
import io.bihuan.capture.Outlet;
import io.bihuan.capture.Outlets;
import io.bihuan.complaint.Channel;
import io.bihuan.complaint.Complaint;
import io.bihuan.complaint.ComplaintNumber;
import io.bihuan.complaint.Complaints;
import io.bihuan.privacy.Personal;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** A complaint filed at an outlet says where, and the screen on site keeps nothing of whoever used it before. */
@BihuanTest
class OutletFormsTests {
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");
    private static final Pattern NUMBER = Pattern.compile("/(\\d{14})-");

    @Autowired
    MockMvc http;

    @Autowired
    Outlets outlets;

    @Autowired
    Complaints complaints;

    private String code = "";

    @BeforeEach
    void outlet() {
        code = "at-" + UUID.randomUUID().toString().substring(0, 8);
        outlets.put(new Outlet(code, "人民路服务网点", null, Channel.ONSITE, "appliance", true));
    }

    private static RequestPostProcessor from(String address) {
        return request -> {
            request.setRemoteAddr(address);
            return request;
        };
    }

    private MockHttpServletResponse file(String path) throws Exception {
        String page = http.perform(get(path))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("action=\"" + path + "\"").doesNotContain("data-draft");
        var form = FORM.matcher(page);
        assertThat(form.find()).isTrue();
        var request = multipart(path);
        request.with(csrf()).with(from("198.51.100." + Math.floorMod(path.hashCode(), 250)));
        request.param("form", form.group(1))
                .param("line", "appliance")
                .param("kind", "COMPLAINT")
                .param("content", "师傅没有出示收费标准。")
                .param("name", "李女士")
                .param("phone", "13812345678")
                .param("product.productType", "water-heater");
        return http.perform(request)
                .andExpect(status().isSeeOther())
                .andReturn()
                .getResponse();
    }

    private Complaint complaint(String place) {
        var number = NUMBER.matcher(place);
        assertThat(number.find()).as(place).isTrue();
        return complaints.find(new ComplaintNumber(number.group(1))).orElseThrow();
    }

    @Test
    void thePosterOpensTheFormOfItsOutlet() throws Exception {
        Complaint complaint =
                complaint(Objects.requireNonNull(file("/at/" + code).getHeader("Location")));
        assertThat(complaint.channel()).isEqualTo(Channel.ONSITE);
        assertThat(Personal.text(complaint.content())).contains("没有出示收费标准", "提交地点：人民路服务网点");
    }

    @Test
    void theScreenOnSiteShowsTheNumberAndForgetsIt() throws Exception {
        String place = Objects.requireNonNull(file("/kiosk/" + code).getHeader("Location"));
        assertThat(place).startsWith("/kiosk/" + code + "/receipts/");
        MockHttpServletResponse receipt =
                http.perform(get(place)).andExpect(status().isOk()).andReturn().getResponse();
        assertThat(receipt.getContentAsString())
                .contains(complaint(place).number().readable(), "code.svg");
        assertThat(receipt.getHeader("Refresh")).isEqualTo("60;url=/kiosk/" + code);
        assertThat(receipt.getHeader("Cache-Control")).contains("no-store");
    }

    @Test
    void anOutletThatIsClosedHasNoForm() throws Exception {
        outlets.put(new Outlet(code, "人民路服务网点", null, Channel.ONSITE, "appliance", false));
        http.perform(get("/at/" + code)).andExpect(status().isNotFound());
        http.perform(get("/kiosk/nowhere")).andExpect(status().isNotFound());
    }
}
