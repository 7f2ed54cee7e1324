package io.bihuan.complaint;

import java.util.List;
import java.util.SplittableRandom;

/** Complaints as people write them, some three hundred characters long: of each number always the same, no two alike. */
public final class Stories {
    public static final List<String> CATEGORIES = List.of(
            "repeated-repair",
            "missing-part",
            "no-visit",
            "long-repair",
            "wrong-diagnosis",
            "late-visit",
            "no-reply",
            "waiting-for-part");
    public static final List<String> DEPARTMENTS = List.of(
            "technical-support", "parts", "outlets", "outlets", "technical-support", "outlets", "outlets", "parts");
    private static final List<String> PRODUCTS =
            List.of("空调", "冰箱", "洗衣机", "热水器", "油烟机", "燃气灶", "洗碗机", "净水器", "电视", "微波炉", "干衣机", "扫地机器人");
    private static final List<String> BRANDS =
            List.of("美的", "格力", "海尔", "海信", "长虹", "小天鹅", "方太", "老板", "华帝", "万和", "西门子", "松下");
    private static final List<String> SHOPS =
            List.of("京东自营店", "苏宁门店", "国美商场", "天猫旗舰店", "小区门口的专卖店", "厂家展销会", "拼多多", "建材市场");
    private static final List<String> FAULTS = List.of(
            "用了不到两年就不启动了",
            "一开机就跳闸",
            "噪音大得整栋楼都能听见",
            "制冷效果越来越差",
            "显示屏一直报故障代码",
            "底部漏水把地板都泡了",
            "门封条变形关不严",
            "加热半小时水还是凉的",
            "运行几分钟就自动停机",
            "有一股烧焦的味道",
            "遥控器完全没有反应",
            "排水管反复堵塞",
            "点火要试十几次",
            "吸力还不如一台旧机器",
            "内筒晃动得厉害",
            "屏幕出现一条竖线",
            "滤芯换了水还是有味道",
            "刹那间冒出火花");
    private static final List<String> STORY = List.of(
            "报修以后等了三天没有人联系我。",
            "约好周六上午，师傅下午五点才到。",
            "上门费先收了五十元，什么都没修就走了。",
            "说是要换主板，报价比网上贵一倍。",
            "换上去的配件没有包装，看着就是旧的。",
            "修完当天晚上又出现同样的问题。",
            "客服说工单已经关闭，可是根本没有人来过。",
            "打了六次电话，每次都要从头讲一遍。",
            "师傅说缺零件，让我自己去网上买。",
            "前后来了四个人，四种说法。",
            "拆机的时候把面板划了一道很长的口子。",
            "没有开发票，也没有给维修单。",
            "让我签字的时候单子上是空白的。",
            "保修期明明还有半年，却说要收费。",
            "配件等了二十多天，一点消息都没有。",
            "微信上发了照片和视频，没有人看。",
            "家里有老人和刚满月的孩子，这个天气实在受不了。",
            "我请了两天假在家等，工资都扣了。",
            "负责的网点互相推，谁都不承认。",
            "电话里态度很差，直接把我的电话挂了。",
            "第一次说缺氟，第二次说压缩机，第三次说要换整机。",
            "维修人员没有工作证，也不穿鞋套。",
            "收了二百八十元加氟费，只用了两天。",
            "回访的时候我说不满意，对方说那也没有办法。");
    private static final String NUMERALS = "两三四五六七八九";
    private static final List<String> REMARKS = List.of(
            "已与客户电话沟通，", "核对了维修记录和收费明细，", "查阅了上门照片，", "向网点负责人了解，", "听取了录音，", "与配件仓库确认，", "请技术支持远程看过，", "客户补充说：");
    private static final List<String> MEASURES = List.of(
            "安排有证工程师复查并更换压缩机。",
            "退还重复收取的费用，向客户道歉。",
            "更换同型号新机，旧机返厂分析。",
            "配件改由总仓空运，两天内到。",
            "地板损失按报价单赔付。",
            "该网点本月停派单，人员重新培训。",
            "延长保修一年，赠送清洗一次。",
            "说明收费依据，客户表示理解。");
    private static final List<String> DEMANDS = List.of(
            "要求尽快修好并说明原因。",
            "要求退还已收的维修费用。",
            "要求换一台新机器。",
            "希望给一个明确的上门时间。",
            "要求赔偿地板的损失。",
            "请领导出面道歉。",
            "如果三天内不解决，我就向消费者协会投诉。",
            "要求退货退款。",
            "请换一位有证的师傅上门。",
            "希望不要再让我一遍一遍重复。");
    private static final List<String> FEELINGS =
            List.of("真的很失望，", "用了你们家十几年产品，", "说实话，", "我不是第一次投诉了，", "最后再说一次，", "于情于理，", "作为老用户，", "");
    private static final String SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹";
    private static final String GIVEN =
            "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建国文辉力浩宇欣怡子涵梓轩雨晨思远嘉琪诗博雅俊凯晓东海波振鑫淑珍兰凤梅云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉桂娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶"
                    + "怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希宁";
    private static final List<String> STREETS = List.of(
            "中山路", "人民路", "解放路", "建设路", "和平路", "新华路", "文化路", "长江路", "黄河路", "育才街", "丁香巷", "槐树里", "石板桥", "望江楼", "东湖畔",
            "水井坊");

    /** One complaint. */
    public record One(
            String title,
            String content,
            String reply,
            String customer,
            String phone,
            String product,
            String brand,
            String model,
            String serial,
            String technician,
            int category) {}

    private Stories() {}

    public static One of(long number) {
        var random = new SplittableRandom(number * 0x9E3779B97F4A7C15L);
        String product = pick(PRODUCTS, random);
        String brand = pick(BRANDS, random);
        String model = "K" + (char) ('A' + random.nextInt(26)) + "R-" + random.nextInt(20, 90) + "GW";
        String serial = "%c%07d".formatted('A' + random.nextInt(26), number % 10_000_000);
        String technician = name(random);
        String fault = pick(FAULTS, random);
        var content = new StringBuilder()
                .append(random.nextInt(1, 13))
                .append("月在")
                .append(pick(SHOPS, random))
                .append("买的")
                .append(brand)
                .append(product)
                .append("（型号")
                .append(model)
                .append("，机身编号")
                .append(serial)
                .append("），")
                .append(fault)
                .append("。");
        int sentences = random.nextInt(10, 17);
        for (int sentence = 0; sentence < sentences; sentence++) {
            content.append(varied(pick(STORY, random), random));
            if (sentence == 1) {
                content.append("来的是师傅")
                        .append(technician)
                        .append("，电话里说住在")
                        .append(pick(STREETS, random))
                        .append("附近。");
            }
        }
        content.append(pick(FEELINGS, random)).append(pick(DEMANDS, random));
        return new One(
                brand + product + fault,
                content.toString(),
                "您好，您反映的" + product + "问题已安排" + technician + "师傅复查，费用已按标准核对，如仍有疑问请随时联系我们。",
                name(random),
                "+861" + random.nextInt(30, 100) + "%08d".formatted(random.nextInt(100_000_000)),
                product,
                brand,
                model,
                serial,
                technician,
                random.nextInt(CATEGORIES.size()));
    }

    /** A piece of that many characters that many complaints have. */
    public static String common(int characters, SplittableRandom random) {
        String sentence = pick(STORY, random);
        int length = Math.min(characters, sentence.length() - 1);
        int from = random.nextInt(sentence.length() - length);
        String piece = sentence.substring(from, from + length);
        return piece.matches("\\p{IsHan}+") ? piece : common(characters, random);
    }

    /** A piece of 2, 4 or 8 characters that a handful of the first complaints have, or one of them. */
    public static String rare(int characters, long of, SplittableRandom random) {
        One one = of(random.nextLong(of));
        return switch (characters) {
            case 2 -> one.technician().substring(1);
            case 4 -> "傅" + one.technician();
            default -> one.serial();
        };
    }

    /** What somebody in the company writes about it: two or three sentences. */
    public static String remark(SplittableRandom random) {
        return "%s%s%s".formatted(pick(REMARKS, random), varied(pick(STORY, random), random), pick(MEASURES, random));
    }

    /** With other numbers, so that not all who tell the same tell it in the same words. */
    private static String varied(String sentence, SplittableRandom random) {
        var varied = new StringBuilder(sentence);
        for (int i = 0; i < varied.length(); i++) {
            if (NUMERALS.indexOf(varied.charAt(i)) >= 0) {
                varied.setCharAt(i, NUMERALS.charAt(random.nextInt(NUMERALS.length())));
            }
        }
        return varied.toString();
    }

    private static String name(SplittableRandom random) {
        return "" + SURNAMES.charAt(random.nextInt(SURNAMES.length()))
                + GIVEN.charAt(random.nextInt(GIVEN.length()))
                + GIVEN.charAt(random.nextInt(GIVEN.length()));
    }

    private static String pick(List<String> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }
}
