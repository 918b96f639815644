using System.Text;
using System.Xml;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Vo.Links;

namespace TsMapSurvey.Server.Vo.Vosi;

/// <summary>VOSI 1.1 (IVOA Recommendation, 2017-05-24), capabilities: which protocols are where.</summary>
internal static class CapabilitiesEndpoint
{
    private const string ContentType = "text/xml; charset=utf-8";
    private const string Namespace = "http://www.ivoa.net/xml/VOSICapabilities/v1.0";
    private const string Schema = "http://www.w3.org/2001/XMLSchema-instance";
    private const string DataService = "http://www.ivoa.net/xml/VODataService/v1.1";

    public static async Task<IResult> AnswerAsync(HttpRequest request, KnownSurveys known, CancellationToken cancellationToken)
    {
        var here = VoRoutes.Here(request);
        List<Capability> all =
        [
            new("ivo://ivoa.net/std/VOSI#capabilities", "full", here + VoRoutes.Capabilities, null),
            new("ivo://ivoa.net/std/VOSI#availability", "full", here + VoRoutes.Availability, null),
            new("ivo://ivoa.net/std/SIA#query-2.0", "base", here + VoRoutes.Sia, "2.0"),
            new(ServiceForms.SodaStandard, "full", here + VoRoutes.Soda, "1.0"),
            new(ServiceForms.LinksStandard, "full", here + VoRoutes.Links, "1.0"),
            .. (await known.ListAsync(cancellationToken)).Select(survey =>
                new Capability("ivo://ivoa.net/std/ConeSearch", "base", $"{here}{VoRoutes.Cone}/{survey}?", "1.03")),
        ];
        return new LiveText(Format(all), ContentType, null);
    }

    private static byte[] Format(List<Capability> all)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("vosi", "capabilities", Namespace);
            xml.WriteAttributeString("xmlns", "xsi", null, Schema);
            xml.WriteAttributeString("xmlns", "vs", null, DataService);
            foreach (var capability in all) capability.Write(xml);
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    /// <param name="Use">base: parameters are appended; full: the address is complete.</param>
    private sealed record Capability(string Standard, string Use, string Url, string? Version)
    {
        public void Write(XmlWriter xml)
        {
            xml.WriteStartElement("capability");
            xml.WriteAttributeString("standardID", Standard);
            xml.WriteStartElement("interface");
            xml.WriteAttributeString("type", Schema, "vs:ParamHTTP");
            xml.WriteAttributeString("role", "std");
            if (Version is not null) xml.WriteAttributeString("version", Version);
            xml.WriteStartElement("accessURL");
            xml.WriteAttributeString("use", Use);
            xml.WriteString(Url);
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
    }
}
