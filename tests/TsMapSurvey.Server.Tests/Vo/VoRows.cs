using System.Text;
using System.Xml.Linq;

namespace TsMapSurvey.Server.Tests.Vo;

/// <summary>The rows of a VOTable, by the names of its fields.</summary>
internal static class VoRows
{
    private static readonly XNamespace Vot = "http://www.ivoa.net/xml/VOTable/v1.3";

    public static IReadOnlyList<Dictionary<string, string>> Of(Answer answer)
    {
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status);
        var document = XDocument.Parse(Encoding.UTF8.GetString(answer.Bytes));
        var names = document.Descendants(Vot + "FIELD").Select(field => (string)field.Attribute("name")!).ToArray();
        return [.. document.Descendants(Vot + "TR").Select(row => names.Zip(row.Elements().Select(cell => cell.Value))
            .ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    public static double Number(this Dictionary<string, string> row, string name) =>
        double.Parse(row[name], System.Globalization.CultureInfo.InvariantCulture);
}
