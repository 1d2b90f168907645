using System.Text;

namespace FineTune.Datasets.Reports;

/// <summary>Plain text whose lines are broken between words to fit a terminal.</summary>
internal sealed class WrappedText(int width)
{
    private readonly StringBuilder _text = new();

    public void Line() => _text.Append('\n');

    public void Line(string line, int indent = 0)
    {
        int column = indent;
        _text.Append(' ', indent);
        foreach (string word in line.Split(' '))
        {
            if (column > indent && column + 1 + word.Length > width)
            {
                _text.Append('\n').Append(' ', indent);
                column = indent;
            }
            else if (column > indent)
            {
                _text.Append(' ');
                column++;
            }

            _text.Append(word);
            column += word.Length;
        }

        _text.Append('\n');
    }

    public override string ToString() => _text.ToString();
}
