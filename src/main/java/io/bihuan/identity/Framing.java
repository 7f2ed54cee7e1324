package io.bihuan.identity;

import java.util.List;

/** Which sites may show the pages below {@code /embed} in a frame, said by the module that has them. All other pages nobody may. */
public interface Framing {
    /** Origins such as {@code https://www.example.cn}; none: nobody. */
    List<String> origins();
}
