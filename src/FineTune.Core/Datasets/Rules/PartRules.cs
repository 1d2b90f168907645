namespace FineTune.Datasets.Rules;

/// <summary>Rules about content made of parts: texts, images, refusals.</summary>
public static class PartRules
{
    private const string Wire = "OpenAI OpenAPI document, ChatCompletionRequestMessageContentPart";
    private const string Vision = "provider guide, vision fine-tuning";

    public static readonly DatasetRule NotObject = new(
        "part-not-object", Severity.Error,
        "The content part is {0}; expected an object with a type.",
        "Write it as {\"type\": \"text\", \"text\": \"...\"}.",
        Wire);

    public static readonly DatasetRule UnknownType = new(
        "part-type-unknown", Severity.Error,
        "The content part's type is {0}; expected text or image_url, and refusal in the assistant's messages.",
        "Use one of these types.",
        Wire);

    public static readonly DatasetRule UnknownKey = new(
        "part-unknown-key", Severity.Error,
        "The content part has {0}, which parts of its type have not.",
        "Delete the key.",
        Wire);

    public static readonly DatasetRule TextWrong = new(
        "part-text-wrong", Severity.Error,
        "The content part's text is {0}; expected a string that is not empty.",
        "Write the text, or delete the part.",
        Wire);

    public static readonly DatasetRule ImageWrong = new(
        "image-wrong", Severity.Error,
        "The image part has {0} where its address should be; expected {{\"image_url\": {{\"url\": \"...\"}}}}.",
        "Write \"image_url\": {\"url\": \"https://...\"}.",
        Wire);

    public static readonly DatasetRule ImageAddress = new(
        "image-address", Severity.Warning,
        "The image's address is neither http nor a base64 data address of a JPEG, PNG or WEBP image; the provider skips it without a word.",
        "Use https://..., or data:image/png;base64,... (jpeg, png, webp).",
        Vision);

    public static readonly DatasetRule ImageNotBase64 = new(
        "image-not-base64", Severity.Warning,
        "The image's data address holds no valid base64; the provider skips it without a word.",
        "Encode the image's bytes again, without line breaks.",
        "RFC 2397; RFC 4648 §4");

    public static readonly DatasetRule ImageOtherKind = new(
        "image-other-kind", Severity.Warning,
        "The image's bytes are not of the kind its data address names; the provider skips it without a word.",
        "Name the kind it is (image/jpeg, image/png, image/webp), or convert it.",
        Vision);

    public static readonly DatasetRule ImageColours = new(
        "image-colours", Severity.Warning,
        "The image is {0}; the provider takes images in red, green and blue, and skips others without a word.",
        "Convert it to RGB or RGBA.",
        Vision);

    public static readonly DatasetRule ImagesUnseen = new(
        "image-unseen", Severity.Note,
        "Nobody looked at the images of {0:N0} examples here; the provider does, and skips examples that show people, faces, children or CAPTCHAs without a word.",
        "Compare the tokens trained with those counted here once the job is done.",
        Vision);

    public static readonly DatasetRule ImageTooLarge = new(
        "image-too-large", Severity.Warning,
        "The image has {0:N0} bytes; the provider skips those of more than {1:N0} without a word.",
        "Scale it down.",
        Vision);

    public static readonly DatasetRule ImageDetail = new(
        "image-detail", Severity.Error,
        "The image's detail is {0}; expected low, high or auto.",
        "Use one of these, or delete it.",
        Vision);

    public static readonly DatasetRule ImageNotFromUser = new(
        "image-not-from-user", Severity.Error,
        "An image stands in a message from {0}; images may only be the user's.",
        "Move it to a user message.",
        Vision);

    public static readonly DatasetRule TooManyImages = new(
        "image-too-many", Severity.Error,
        "The example has {0} images; expected at most {1}.",
        "Split the conversation.",
        Vision);

    public static readonly DatasetRule TooManyWithImages = new(
        "image-examples-too-many", Severity.Error,
        "The dataset has {0:N0} examples with images; expected at most {1:N0}.",
        "Train on a sample.",
        Vision);

    public static readonly DatasetRule ImagesNotTaken = new(
        "image-model", Severity.Error,
        "The example has images, but {0} is not trained on images.",
        "Choose a model that is (gpt-4o, gpt-4.1), or delete the images.",
        Vision);

    public static IReadOnlyList<DatasetRule> All { get; } =
    [
        NotObject, UnknownType, UnknownKey, TextWrong, ImageWrong, ImageAddress, ImageNotBase64, ImageOtherKind, ImageColours,
        ImageTooLarge,
        ImageDetail, ImageNotFromUser, TooManyImages, TooManyWithImages, ImagesNotTaken, ImagesUnseen,
    ];
}
