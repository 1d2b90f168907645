using System.Text;
using System.Text.Json;

namespace FineTune.Tokens;

/// <summary>Seeded texts that mix everything a tokenizer's split pattern can trip over.</summary>
internal sealed class MixedText(int seed)
{
    private static readonly string[] Sentences =
    [
        "The quick brown fox jumps over the lazy dog, doesn't it?", "You're right: I'd say they've gone, we'll see, I'm sure it's 'fine'.",
        "SHE'S HERE AND THEY'LL COME; IT'D BE ODD IF WE'RE LATE, I'M SURE YOU'VE HEARD.", "Thanks! How may I help you today? Please reset my password.",
        "Ein Übergrößenträger läuft über die Straße, ÄÖÜ und ẞ.", "L'été dernier, j'ai mangé des crêpes à l'œuvre d'où qu'il vienne.",
        "El niño pidió piñas: ¿cuántas? ¡Muchísimas!", "Příliš žluťoučký kůň úpěl ďábelské ódy.", "Zażółć gęślą jaźń, ŁÓDŹ.", "Iğdır'da ılık bir İstanbul sabahı, ŞİŞLİ.",
        "Съешь же ещё этих мягких французских булок, да выпей чаю. ПРИВЕТ МИР", "Ξεσκεπάζω τὴν ψυχοφθόρα βδελυγμία. ΑΒΓΔ", "Խելքի աղբյուր և պտուղ", "ქართული ენა ᲥᲐᲠᲗᲣᲚᲘ",
        "שלום עולם, מה שלומךָ?", "السلام عليكم، كيف حالُكَ؟ ١٢٣٤٥", "یک متن فارسی می‌خواهم ۱۲۳", "नमस्ते दुनिया, यह हिन्दी है। १२३४", "বাংলা ভাষা ১২৩", "தமிழ் மொழி கற்போம்", "తెలుగు భాష", "ภาษาไทยไม่มีช่องว่างระหว่างคำ ๑๒๓",
        "ພາສາລາວ", "မြန်မာဘာသာ", "ភាសាខ្មែរ", "አማርኛ ቋንቋ", "今天天气很好，我们去公园散步吧。你好世界ABC你好", "東京都は日本の首都です。カタカナとひらがな、ﾊﾝｶｸ、ＡＢＣａｂｃ１２３", "한국어 문장입니다. 안녕하세요! 세계", "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ ꮳꮃꭹ", "𐐔𐐯𐑅𐐨𐑉𐐯𐐻 𝐇𝐞𝐥𝐥𝐨 𝟏𝟐𝟑 𝓦𝓸𝓻𝓵𝓭",
    ];

    private static readonly string[] Code =
    [
        "public static int Main(string[] args)\n{\n    return args.Length == 0 ? -1 : 0; // TODO: fix\n}\n", "for (int i = 0; i < 10; ++i) { sum += a[i] * 0x1F; }\r\n", "def f(x):\n\treturn x**2 if x!=0 else None\n\n\n",
        "<div class=\"a-b\" id='x'>&nbsp;</div>\n", "SELECT * FROM t WHERE a<>'b''s' AND c IN (1,2,3);--x", "https://example.com/a/b?c=d&e=%20f#g//\n\n", "C:\\Users\\x\\file.txt /usr/local/bin/../lib ./a/./b//\r\n/", "{\"role\":\"user\",\"content\":\"it\\u0027s \\\"so\\\"\\n\"}",
        "x=y=>z??=w?.[0]; /* *** */ //////\n/// <summary>", "camelCaseHTTPServerURLs snake_case_NAME kebab-case-Name JSONParser2XMLv3", "#include <stdio.h>\n#define MAX(a,b) ((a)>(b)?(a):(b))\n", "| a | b |\n|---|---|\n| 1 | **2** |\n\n```sh\n$ ls -la\n```\n",
    ];

    private static readonly string[] Emoji =
    [
        "😀", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪🇫🇷", "1️⃣", "❤️", "☃︎", "🧑🏿‍🚀", "©®™", "√∑≠", "→⇒", "½⅓²³①Ⅷ〇", "…—–“”‘’",
    ];

    private static readonly string[] Apostrophes =
    [
        "'s", "'S", "'t", "'RE", "'Ve", "'lL", "'m", "'D", "'ſ", "'re've", "'x", "''s", "'", "’s", "'ll'", "a's", "A'S", "é'Ll", "日's", "1's", " 's", "\n's", "́'s", "ǅ's", "ʰ'd", "'st", "'r", "'l",
    ];

    private const string WhiteSpace = "    \t\n\r\u000B\u000C\u0085\u00A0\u1680\u2003\u2028\u2029\u202F\u205F\u3000\u200B\uFEFF";

    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~/";

    private readonly Random _random = new(seed);

    /// <summary>Mostly short; one in fifty is long.</summary>
    public byte[] Next()
    {
        int fragments = _random.Next(50) == 0 ? _random.Next(100, 400) : _random.Next(1, 10);
        var text = new StringBuilder();
        for (int i = 0; i < fragments; i++)
        {
            text.Append(Fragment());
            text.Append(_random.Next(4) switch { 0 => " ", 1 => "\n", _ => "" });
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private string Fragment() => _random.Next(14) switch
    {
        0 or 1 => Pick(Sentences),
        2 => Part(Pick(Sentences)),
        3 => Part(Pick(Code)),
        4 => Pick(Emoji),
        5 => Pick(Apostrophes),
        6 => Many(8, () => WhiteSpace[_random.Next(WhiteSpace.Length)].ToString()),
        7 => Many(6, () => Punctuation[_random.Next(Punctuation.Length)].ToString()),
        8 => Many(9, () => _random.Next(10).ToString(null, null)),
        9 => Many(5, RandomCharacter),
        10 => Many(12, () => Letter().ToString()),
        11 => new string(Any(), _random.Next(1, 300)),
        12 => JsonSerializer.Serialize(Pick(Sentences))[1..^1],
        _ => Convert.ToBase64String(Encoding.UTF8.GetBytes(Part(Pick(Sentences)))),
    };

    private char Letter() => (char)((_random.Next(2) == 0 ? 'a' : 'A') + _random.Next(26));

    private char Any() => _random.Next(4) switch
    {
        0 => WhiteSpace[_random.Next(WhiteSpace.Length)],
        1 => Punctuation[_random.Next(Punctuation.Length)],
        2 => Letter(),
        _ => (char)_random.Next(0x20, 0xD800),
    };

    /// <summary>Dense scripts, the whole plane, or beyond it; a lone surrogate never.</summary>
    private string RandomCharacter()
    {
        int value = _random.Next(6) switch
        {
            0 => _random.Next(0x80),
            1 or 2 => _random.Next(0x3000),
            3 => _random.Next(0xD800),
            4 => _random.Next(0xE000, 0x20000),
            _ => _random.Next(0x110000),
        };
        return Rune.IsValid(value) ? new Rune(value).ToString() : "\uFFFD";
    }

    private string Part(string text)
    {
        int start = _random.Next(text.Length);
        return text.Substring(start, _random.Next(text.Length - start + 1));
    }

    private string Many(int most, Func<string> one) => string.Concat(Enumerable.Range(0, _random.Next(1, most + 1)).Select(_ => one()));

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
