using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Tests.Access;

public sealed class AccessProblemTests
{
    private const string Key = "0123456789abcdef";
    private const string Authority = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0";

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "Keys:Read=short;Keys:OpenReads=false", "Keys:Read:0", "found 5 characters" },
        { $"Keys:Read={Key}", "Keys:Read", "Keys:OpenReads=false" },
        { "Keys:OpenReads=false", "Keys:OpenReads", "nobody could read" },
        { $"Keys:OpenReads=false;Keys:Read={Key};Keys:Write={Key}", "Keys:Write", "Keys:Read" },
        { $"Keys:Operate={Key};Keys:Write={Key}", "Keys:Write", "Keys:Operate" },
        { "Keys:Operate=with blank 0123456789", "Keys:Operate:0", "printable" },
        { "Keys:OpenReads=perhaps", "Keys:OpenReads", "true or false" },
        { $"Tokens:Authority={Authority}", "Tokens:Audiences", "application" },
        { "Tokens:Audiences=app", "Tokens:Authority", "issuer" },
        { "Tokens:Audiences=app;Tokens:Authority=http://login.example.org/t", "Tokens:Authority", "https://" },
        { "Tokens:Audiences=app;Tokens:Authority=https://login.microsoftonline.com/common/v2.0", "Tokens:Authority", "one tenant" },
        { "Tokens:Audiences=app;Tokens:Authority=https://login.microsoftonline.com/organizations/v2.0/", "Tokens:Authority", "one tenant" },
        { "Tokens:Audiences=app;Tokens:Authority=https://me:pass@login.example.org/t", "Tokens:Authority", "https://" },
        { "Tokens:Audiences=app;Tokens:Authority=https://login.example.org/t?x=1", "Tokens:Authority", "https://" },
        { "Tokens:Audiences=app;Tokens:Authority=login", "Tokens:Authority", "https://" },
        { "Tokens:ReadRole=two words", "Tokens:ReadRole", "printable" },
        { "Tokens:ReadRole=Survey.Write", "Tokens:WriteRole", "three names" },
        { "Proxies:Known=proxy.example.org", "Proxies:Known", "10.0.0.0/8" },
        { "Proxies:Known=0.0.0.0/0", "Proxies:Known", "10.0.0.0/8" },
        { "Proxies:Known=10.0.0.0/33", "Proxies:Known", "10.0.0.0/8" },
        { "Limits:ClientRequests=-1", "Limits:ClientRequests", "0 to 1000000" },
        { "Limits:ClientRunning=0", "Limits:ClientRunning", "1 to 100000" },
        { "Limits:BodyTimeout=00:00:00", "Limits:BodyTimeout", "00:00:01" },
        { "Compute:UploadTime=2.00:00:00", "Compute:UploadTime", "one day" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_setting_stops_the_start_with_what_is_expected(string settings, string setting, string expected)
    {
        var exception = Assert.Throws<SettingsException>(() => SettingsReader.Read(Values(settings)));

        var problem = Assert.Single(exception.Problems);
        Assert.StartsWith(setting, problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"Keys:OpenReads=false;Keys:Write={Key}")]
    [InlineData($"Keys:OpenReads=false;Keys:Read={Key}")]
    [InlineData($"Keys:OpenReads=false;Tokens:Authority={Authority};Tokens:Audiences=app")]
    [InlineData($"Urls=http://0.0.0.0:80;Tokens:Authority={Authority}/;Tokens:Audiences=app;Tokens:ReadRole=r;Tokens:WriteRole=w")]
    [InlineData("Proxies:Known:0=10.0.0.7;Proxies:Known:1=2001:db8::/32;Proxies:Known:2=::1")]
    [InlineData("Limits:ClientRequests=0;Limits:ClientCostly=0;Limits:OwnMachine=true")]
    public void Right_settings_are_taken(string settings) => SettingsReader.Read(Values(settings));

    private static Dictionary<string, string?> Values(string settings) =>
        settings.Split(';').Select(one => one.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
}
